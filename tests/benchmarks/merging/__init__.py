"""What a day of news costs to be grouped, merged and indexed, on histories of very different length.

    python -m tests.benchmarks.merging [--history 10000,100000,1000000] [--day 20000] [--homes FOLDER]

Generated articles come as coding leaves them (so clustering is measured, not coding). One day goes through the same
rounds as in service; a long history is that day again and again, shifted day by day with ids, words and places of its
own, written by SQL with all that was made of it. On each history a round of fifty articles is measured that finds
the file just opened, then the same next day, and then fifty more.
"""
