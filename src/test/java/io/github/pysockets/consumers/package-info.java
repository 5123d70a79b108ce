/** Tests with projects that use the finished jar as others do; their sources are in src/it. */
package io.github.pysockets.consumers;
