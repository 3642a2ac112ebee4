"""The rules of child protection: pure, without database or framework."""
