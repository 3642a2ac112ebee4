"""Rules of economic aid: pure functions of dated data, standard library only."""
