"""What the sandbox's Graph and Entra answer, over real HTTP."""
