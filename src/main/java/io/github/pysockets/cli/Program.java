package io.github.pysockets.cli;

/** What is to be run as {@code __main__}. */
sealed interface Program {
    /** What the launch script calls this kind. */
    String kind();

    /** The path, the code or the module's name. */
    String text();

    /** The first entry of {@code sys.argv}. */
    String argumentZero();

    /** A file, or a folder or zip archive that holds a {@code __main__.py}. */
    record Script(String text) implements Program {
        @Override
        public String kind() {
            return "script";
        }

        @Override
        public String argumentZero() {
            return text;
        }
    }

    /** The text after {@code -c}. */
    record Code(String text) implements Program {
        @Override
        public String kind() {
            return "code";
        }

        @Override
        public String argumentZero() {
            return "-c";
        }
    }

    /** The name after {@code -m}. In {@code sys.argv} the module's path takes the place of {@code -m}. */
    record Module(String text) implements Program {
        @Override
        public String kind() {
            return "module";
        }

        @Override
        public String argumentZero() {
            return "-m";
        }
    }

    /** The process's standard input; its text is "-", or empty when no program was named. */
    record StandardInput(String text) implements Program {
        @Override
        public String kind() {
            return "stdin";
        }

        @Override
        public String argumentZero() {
            return text;
        }
    }
}
