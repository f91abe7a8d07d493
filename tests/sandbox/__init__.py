"""Tests of the stand-ins: that they are as strict as the services they play."""
