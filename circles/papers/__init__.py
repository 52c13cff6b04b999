"""What is laid out to be read or handed over: minutes, reviews, agendas, each for its own reader."""
