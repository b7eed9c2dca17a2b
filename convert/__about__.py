"""What this is and which version."""

NAME = "Clearcopy"
VERSION = "0.1.0"
