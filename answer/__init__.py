"""From a question to quoted cases, or to a refusal."""
