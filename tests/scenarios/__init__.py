"""Whole stories over the real application and the sandbox: what people see, and what they must never see."""
