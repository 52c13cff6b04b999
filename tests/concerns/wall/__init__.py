"""The wall around a concern: every path by which somebody who must not know of it could."""
