"""Tests of the database: schema, migrations, transactions."""
