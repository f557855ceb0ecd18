package dev.acey.dataset.longs;

import java.io.IOException;

/** The runs that are merged, as a binary heap by the first number that is left of each. */
final class Heads {

    private final long[] numbers;
    private final LongReader[] rests;
    private int size;

    /**
     * @param most runs
     */
    Heads(int most) {
        numbers = new long[most];
        rests = new LongReader[most];
    }

    /**
     * Adds a run.
     *
     * @param run of at least one number, ascending
     */
    void add(LongReader run) throws IOException {
        long number = run.next();
        int place = size++;
        while (place > 0 && numbers[(place - 1) / 2] > number) {
            move((place - 1) / 2, place);
            place = (place - 1) / 2;
        }
        put(place, number, run);
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The least number of all, which is then gone. */
    long next() throws IOException {
        long least = numbers[0];
        LongReader run = rests[0];
        if (run.hasNext()) {
            sink(run.next(), run);
        } else {
            size--;
            sink(numbers[size], rests[size]);
        }
        return least;
    }

    /** Puts a run where it belongs from the top on. */
    private void sink(long number, LongReader run) {
        int place = 0;
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && numbers[child + 1] < numbers[child]) {
                child++;
            }
            if (numbers[child] >= number) {
                break;
            }
            move(child, place);
            place = child;
        }
        put(place, number, run);
    }

    private void move(int from, int to) {
        put(to, numbers[from], rests[from]);
    }

    private void put(int place, long number, LongReader run) {
        numbers[place] = number;
        rests[place] = run;
    }
}
