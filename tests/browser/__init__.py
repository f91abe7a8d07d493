"""The demo page, clicked through in a browser."""
