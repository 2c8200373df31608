"""Answers to take away: Word, Excel, CSV, Markdown and plain text, each claim with its source."""
