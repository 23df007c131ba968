// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of a process that are too low are told in one sentence, before anything is loaded. */
class ProcessLimitsTest {
  private static final String STATUS = "Name:\tjava\nVmPeak:\t 2790996 kB\nVmSize:\t 2726480 kB\n";

  private static String limits(String addresses, String files) {
    return """
        Limit                     Soft Limit           Hard Limit           Units
        Max data size             unlimited            unlimited            bytes
        Max open files            %s                   1048576              files
        Max address space         %s                   unlimited            bytes
        """
        .formatted(files, addresses);
  }

  @Test
  void tellsWhichLimitIsTooLow() {
    assertNull(ProcessLimits.lack(limits("unlimited", "1024"), STATUS, 2));
    assertNull(ProcessLimits.lack(limits("unlimited", "unlimited"), STATUS, 512));
    assertNull(ProcessLimits.lack("", "", 2));
    assertEquals(
        "The process must be allowed to open 64 files, but its limit is 20; raise it (ulimit -n"
            + " 1024).",
        ProcessLimits.lack(limits("unlimited", "20"), STATUS, 2));
    assertEquals(
        "The native libraries need 2080 MiB of address space beside the 2662 MiB that Java has"
            + " taken, but the memory of this process is limited to 2861 MiB; raise the limit"
            + " (ulimit -v unlimited), or give Java less (-Xmx512m).",
        ProcessLimits.lack(limits("3000000000", "1024"), STATUS, 2));
    // 2662 MiB + 2080 MiB, and a byte less; each processor needs more.
    long enough = 2726480L * 1024 + (2080L << 20);
    assertNull(ProcessLimits.lack(limits(Long.toString(enough), "64"), STATUS, 2));
    assertTrue(
        ProcessLimits.lack(limits(Long.toString(enough - 1), "64"), STATUS, 2)
            .contains("ulimit -v"));
    assertTrue(
        ProcessLimits.lack(limits(Long.toString(enough), "64"), STATUS, 3).contains("ulimit -v"));
  }

  private static String outputUnder(String limit, int status) throws Exception {
    List<String> command =
        List.of(
            "bash",
            "-c",
            "ulimit "
                + limit
                + " && exec \"$0\" \"$@\" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m -cp"
                + " \"$CLASSES\" org.yolotorch.cli.Main predict model=yolo11n.yaml source=.",
            Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLASSES", System.getProperty("java.class.path"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    try {
      String output = text(process);
      assertEquals(status, process.waitFor(), output);
      return output;
    } finally {
      process.destroyForcibly();
    }
  }

  private static String text(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(ints = {2600, 2800, 3000, 3300, 3600, 4200})
  @EnabledOnOs(OS.LINUX)
  void aLowLimitOfMemoryIsOneSentence(int mebibytes) throws Exception {
    String output = outputUnder("-v " + 1024 * mebibytes, 1);
    assertEquals(1, output.lines().count(), output);
    assertTrue(output.contains("is limited to " + mebibytes + " MiB"), output);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 20, 32, 63})
  @EnabledOnOs(OS.LINUX)
  void aLowLimitOfFilesIsOneSentence(int files) throws Exception {
    String output = outputUnder("-n " + files, 1);
    assertEquals(1, output.lines().count(), output);
    assertTrue(output.contains("but its limit is " + files + "; raise it"), output);
  }
}
