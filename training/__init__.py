"""Trains the reranker. The product does not import it."""
