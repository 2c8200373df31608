"""The command line, a module for each group of commands. What they need is loaded when they run."""
