"""From chunks to a generation on disk that can be searched, and back."""
