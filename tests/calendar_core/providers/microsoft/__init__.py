"""What is particular to Microsoft's calendars."""
