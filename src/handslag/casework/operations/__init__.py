"""Every way a case can change, by the words of the trade."""
