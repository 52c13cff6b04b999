"""How the parts are joined. Imports everything; nothing imports it."""
