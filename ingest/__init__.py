"""From files to documents, cases, chunks and units."""
