// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.yolotorch.Box;
import org.yolotorch.Image;
import org.yolotorch.Yolo;

/**
 * Compares what examples/cpp printed, on standard input, with what Java finds: {@code CompareBoxes
 * MODEL PICTURE}. Both print results in the same order, a line {@code name confidence x1 y1 x2 y2}
 * for each.
 */
class CompareBoxes {
  public static void main(String[] args) throws IOException {
    List<String> actual = new BufferedReader(new InputStreamReader(System.in)).lines().toList();
    List<Box> expected;
    try (Yolo model = Yolo.load(Path.of(args[0]))) {
      expected = model.predict(Image.read(Path.of(args[1]))).boxes();
    }
    boolean equal = !expected.isEmpty() && actual.size() == expected.size();
    for (int i = 0; equal && i < actual.size(); i++) {
      equal = isSame(actual.get(i).split(" "), line(expected.get(i)).split(" "));
    }
    if (!equal) {
      System.out.println("FAILED: expected these boxes, got those above:");
      expected.forEach(box -> System.out.println(line(box)));
      System.exit(1);
    }
    System.out.println("FIGURE cpp_example_boxes=" + actual.size() + " boxes");
  }

  private static String line(Box box) {
    return String.format(
        Locale.ROOT,
        "%s %.3f %.1f %.1f %.1f %.1f",
        box.label(),
        box.confidence(),
        box.xyxy().x1(),
        box.xyxy().y1(),
        box.xyxy().x2(),
        box.xyxy().y2());
  }

  /** Equal names, and numbers that differ by rounding at most. */
  private static boolean isSame(String[] a, String[] b) {
    boolean same = a.length == 6 && a[0].equals(b[0]);
    for (int i = 1; same && i < 6; i++) {
      double largest = i == 1 ? 0.0011 : 0.11;
      same = Math.abs(Double.parseDouble(a[i]) - Double.parseDouble(b[i])) < largest;
    }
    return same;
  }
}
