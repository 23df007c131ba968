// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.text;

import java.util.List;
import java.util.regex.Pattern;
import org.yolotorch.Box;
import org.yolotorch.Frame;
import org.yolotorch.Obb;
import org.yolotorch.Probs;
import org.yolotorch.Result;
import org.yolotorch.Task;
import org.yolotorch.VideoFrame;
import org.yolotorch.Xy;
import org.yolotorch.Xyxy;
import org.yolotorch.internal.PlainText;

/** Results as comma-separated values, quoted as RFC 4180 says. */
public final class ResultCsv {
  /** Also those of full width, which some tables take for the others. */
  private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+(?:\\.[0-9]+)?");

  private final StringBuilder out = new StringBuilder();
  private final String start;

  private ResultCsv(Result result, String image) {
    VideoFrame at = result.frame().flatMap(Frame::video).orElse(null);
    start = quoted(image) + "," + (at == null ? "" : at.number());
  }

  public static String header(Task task) {
    String corners =
        switch (task) {
          case CLASSIFY -> "";
          case OBB -> ",x1,y1,x2,y2,x3,y3,x4,y4";
          default -> ",x1,y1,x2,y2";
        };
    return "image,frame,class,name,confidence" + corners + "\n";
  }

  public static String rows(Result result, String image) {
    ResultCsv csv = new ResultCsv(result, image);
    if (result.probs().isPresent()) {
      Probs probs = result.probs().get();
      for (int id : probs.top5()) {
        csv.row(id, probs.label(id), probs.get(id), List.of());
      }
    }
    for (Box box : result.boxes()) {
      Xyxy at = box.xyxy();
      List<Xy> corners = List.of(new Xy(at.x1(), at.y1()), new Xy(at.x2(), at.y2()));
      csv.row(box.classId(), box.label(), box.confidence(), corners);
    }
    for (Obb obb : result.obbs()) {
      csv.row(obb.classId(), obb.label(), obb.confidence(), obb.corners());
    }
    return csv.out.toString();
  }

  private void row(int id, String label, float confidence, List<Xy> corners) {
    out.append(start).append(',').append(id).append(',').append(quoted(label));
    Json.number(out.append(','), confidence);
    for (Xy corner : corners) {
      Json.number(out.append(','), corner.x());
      Json.number(out.append(','), corner.y());
    }
    out.append('\n');
  }

  /**
   * A text as a cell, on one line. Tables take what begins like a formula for one, which an
   * apostrophe prevents; a number is none.
   */
  private static String quoted(String text) {
    String cell = PlainText.of(text);
    if (!cell.isEmpty()
        && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0
        && !NUMBER.matcher(cell).matches()) {
      cell = "'" + cell;
    }
    boolean plain = cell.indexOf(',') < 0 && cell.indexOf('"') < 0;
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
