"""What is kept: the schema, its migrations, and one module for each area of the ports it fulfils."""
