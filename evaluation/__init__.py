"""Figures on retrieval and answers, their report, and the gate of the release."""
