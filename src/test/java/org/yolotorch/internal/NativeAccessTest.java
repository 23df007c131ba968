// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.yolotorch.RuntimeInfo;
import org.yolotorch.source.Sources;
import org.yolotorch.support.ChildJvm;

/** From Java 24 on, native access is allowed by an option, or Java warns. */
class NativeAccessTest {
  private static final String OPTION = "--enable-native-access=ALL-UNNAMED";

  @Test
  void thereIsNoWarningWhereItIsAllowed() throws Exception {
    Path java = ChildJvm.newestJava();
    Assumptions.assumeTrue(java != null, "No JDK of version 21 or newer is here.");
    List<String> command = new ArrayList<>(ChildJvm.command(List.of(), Loads.class));
    command.set(0, java.toString());
    List<String> allowed = lines(command);
    assertEquals(1, allowed.size(), allowed.toString());

    assertTrue(command.remove(OPTION));
    List<String> others = lines(command);
    boolean warned = others.stream().anyMatch(line -> line.contains(OPTION));
    assertEquals(Integer.parseInt(allowed.get(0)) >= 24, warned, others.toString());
  }

  private static List<String> lines(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said.lines().toList();
  }

  /** Loads all native libraries, and prints the version of Java. */
  static final class Loads {
    private Loads() {}

    public static void main(String[] args) {
      RuntimeInfo.current();
      Sources.ffmpegVersion();
      System.out.println(Runtime.version().feature());
    }
  }
}
