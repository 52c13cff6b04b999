"""The core member: who the circle is for, how MAPPA manages him, what he must and must not do."""
