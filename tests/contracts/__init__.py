"""What a port promises, asked once and inherited by the tests of every implementation."""
