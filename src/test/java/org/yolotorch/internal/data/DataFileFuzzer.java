// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yolotorch.ErrorCode;
import org.yolotorch.Task;
import org.yolotorch.support.Fuzzing;

/** Opens whatever comes as a data.yaml, and looks for its pictures. */
public final class DataFileFuzzer {
  private static final Set<ErrorCode> REFUSALS =
      EnumSet.of(ErrorCode.INVALID_DATA, ErrorCode.NOT_FOUND);

  /** Pictures, and files that are none, which such a file or a list may name. */
  private static final List<String> FILES =
      List.of("images/a.jpg", "images/b", "images/.c.png", "labels/a.txt", "e.jpg");

  static {
    FILES.forEach(name -> Fuzzing.file(name, new byte[0]));
  }

  private DataFileFuzzer() {}

  /** Called by Jazzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    Path file = Fuzzing.file("data.yaml", input);
    Fuzzing.file("list.txt", input);
    DataPlaces places = new DataPlaces(Fuzzing.files().resolve("work"), Map.of());
    for (String split : new String[] {"val", "train"}) {
      Fuzzing.mayRefuse(REFUSALS, () -> open(file, split, places));
    }
  }

  private static void open(Path file, String split, DataPlaces places) {
    DataFile data = DataFile.read(file, split, places, warning -> {});
    for (int id = 0; id < data.names().size(); id++) {
      if (data.names().get(id).isEmpty()) {
        throw new AssertionError("class " + id + " has no name");
      }
    }
    // Nothing beyond the folder of this process is walked.
    boolean within =
        data.pictures().stream()
            .allMatch(all -> all.stream().allMatch(path -> path.startsWith(Fuzzing.files())));
    if (within) {
      LabelFormat format = new LabelFormat(Task.DETECT, data.names().size(), 0, 0);
      Dataset.open(data, format, places, warning -> {});
    }
  }
}
