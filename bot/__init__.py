"""The conversation: what may be asked (commands), what may be answered (replies), the handlers between."""
