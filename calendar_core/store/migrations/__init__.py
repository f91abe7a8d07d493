"""How the schema came to be, one step a file; the same steps on both databases."""
