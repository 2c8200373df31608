"""What is kept of use: conversations, feedback and the log of questions, in one SQLite file."""
