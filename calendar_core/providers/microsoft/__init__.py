"""Microsoft 365's calendars, through Microsoft Graph v1.0."""
