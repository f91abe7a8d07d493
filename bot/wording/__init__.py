"""Replies in words: sentences, days and times per reader. Nothing here is drawn."""
