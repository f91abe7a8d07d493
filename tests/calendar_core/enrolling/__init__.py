"""Enrolment from files."""
