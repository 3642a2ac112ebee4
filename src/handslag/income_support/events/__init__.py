"""What happens in income support, by the words of the trade: applications, then each part of its own."""
