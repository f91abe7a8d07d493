"""The calendars we read and write: one folder a vendor, known to the rest only through the ports."""
