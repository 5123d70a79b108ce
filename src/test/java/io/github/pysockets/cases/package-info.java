/** Python's own test cases as JUnit tests: the files in python-tests, their manifest, and what runs them. */
package io.github.pysockets.cases;
