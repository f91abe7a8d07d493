"""How fast, beside named peers in the same run: `make bench`. Each module has `measures()`; `__main__` lists them."""
