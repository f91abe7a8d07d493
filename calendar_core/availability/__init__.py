"""Which times are free for both, which are bookable, and why the others are not."""
