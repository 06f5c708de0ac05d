/** The settings of a benchmark, from the environment. The scripts set the defaults. */
record Settings(int rounds, int seconds, int connections) {

    static Settings ofEnvironment() {
        return new Settings(number("BENCH_ROUNDS"), number("BENCH_SECONDS"), number("BENCH_CONNECTIONS"));
    }

    static int number(String variable) {
        return Integer.parseInt(System.getenv(variable));
    }
}
