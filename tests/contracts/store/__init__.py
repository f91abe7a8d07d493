"""What the store's ports mean, asked of each database that claims to keep it."""
