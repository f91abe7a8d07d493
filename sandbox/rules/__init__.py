"""Our own compact tables of what each vendor accepts: fields, types, choices, limits, permissions."""
