"""The doctor: examines an installation from outside and inside, and says what to do. Changes nothing."""
