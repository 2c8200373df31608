"""From a query to scored passages."""
