"""The composition root: the one place that knows every part and joins them by their constructors."""
