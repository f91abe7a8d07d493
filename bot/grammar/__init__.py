"""What can be typed: each subject's phrases, one table of them all, and how typed words are read by it."""
