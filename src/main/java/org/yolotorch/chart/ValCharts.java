// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.yolotorch.internal.image.PictureFile;
import org.yolotorch.internal.text.Decimals;
import org.yolotorch.val.ConfusionMatrix;
import org.yolotorch.val.Curves;
import org.yolotorch.val.Scores;
import org.yolotorch.val.ValResult;

/** Draws the curves and confusion matrices of a measurement. */
public final class ValCharts {
  private static final int WIDTH = 1200;
  private static final int HEIGHT = 800;
  private static final int MATRIX_SIDE = 1200;

  /** With more classes than this the lines are grey and unnamed. */
  private static final int MOST_NAMED = 20;

  /** With more classes than this the numbers in the cells of a matrix would not be readable. */
  private static final int MOST_NUMBERED = 30;

  private static final Color GREY = new Color(190, 190, 190);
  private static final Color BLUE = new Color(0, 0, 200);
  private static final String BACKGROUND = "background";

  private final ValResult result;

  public ValCharts(ValResult result) {
    this.result = result;
  }

  /** Writes all pictures that there are for the task, as PNG files of a folder. */
  public void write(Path folder) {
    result.box().ifPresent(scores -> curves("Box", scores, folder));
    result.mask().ifPresent(scores -> curves("Mask", scores, folder));
    result.pose().ifPresent(scores -> curves("Pose", scores, folder));
    // XChart draws no matrix of nothing: no label is of the classes asked for, nothing was found.
    if (!cells(false).isEmpty()) {
      write(folder, "confusion_matrix", BitmapEncoder.getBufferedImage(matrix(false)));
      write(folder, "confusion_matrix_normalized", BitmapEncoder.getBufferedImage(matrix(true)));
    }
  }

  private void curves(String kind, Scores scores, Path folder) {
    Curves curves = scores.curves();
    XYChart precision =
        chart(
            "Recall",
            "Precision",
            scores,
            curves::precision,
            id -> " " + Decimals.threeDigits(scores.byClass().get(id).map50()));
    add(
        precision,
        "all classes " + Decimals.threeDigits(scores.overall().map50()) + " mAP@0.5",
        curves.meanPrecision());
    write(folder, kind + "PR_curve", BitmapEncoder.getBufferedImage(precision));
    XYChart f1 = chart("Confidence", "F1", scores, curves::f1, id -> "");
    double[] mean = curves.meanF1();
    add(
        f1,
        "all classes "
            + Decimals.threeDigits(Arrays.stream(mean).max().orElse(0))
            + " at "
            + Decimals.threeDigits(curves.bestConfidence()),
        mean);
    write(folder, kind + "F1_curve", BitmapEncoder.getBufferedImage(f1));
  }

  private static void write(Path folder, String stem, BufferedImage chart) {
    PictureFile.write(chart, folder.resolve(stem + ".png"));
  }

  private XYChart chart(
      String x, String y, Scores scores, IntFunction<double[]> curve, IntFunction<String> value) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(y + "-" + x + " curve")
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
    chart.getStyler().setXAxisDecimalPattern("0.0").setYAxisDecimalPattern("0.0");
    chart.getStyler().setYAxisTickMarkSpacingHint(HEIGHT / 14);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    boolean named = result.names().size() <= MOST_NAMED;
    for (int id : scores.byClass().keySet()) {
      XYSeries line =
          chart.addSeries(
              id + " " + result.names().get(id) + value.apply(id), axis(), curve.apply(id));
      line.setMarker(SeriesMarkers.NONE).setLineStyle(new BasicStroke(1));
      if (!named) {
        line.setLineColor(GREY).setShowInLegend(false);
      }
    }
    return chart;
  }

  /**
   * Where the points lie. XChart puts its ticks at points that are evenly spaced; one that is a
   * little off makes it take round numbers.
   */
  private static double[] axis() {
    double[] axis = Curves.axis();
    axis[axis.length - 2] = (axis[axis.length - 2] + 1) / 2;
    return axis;
  }

  private static void add(XYChart chart, String name, double[] mean) {
    chart
        .addSeries(name, axis(), mean)
        .setMarker(SeriesMarkers.NONE)
        .setLineStyle(new BasicStroke(3))
        .setLineColor(BLUE);
  }

  /** Predicted classes from top to bottom, actual ones from left to right. */
  private HeatMapChart matrix(boolean normalized) {
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(MATRIX_SIDE)
            .height(MATRIX_SIDE)
            .title("Confusion matrix" + (normalized ? ", share of each actual class" : ""))
            .xAxisTitle("Actual")
            .yAxisTitle("Predicted")
            .build();
    List<String> names = new ArrayList<>();
    for (Map.Entry<Integer, String> entry : result.names().entrySet()) {
      // Two classes may have one name.
      names.add(
          names.contains(entry.getValue()) ? entry.getValue() + entry.getKey() : entry.getValue());
    }
    names.add(BACKGROUND);
    List<String> down = new ArrayList<>(names);
    Collections.reverse(down);
    chart
        .getStyler()
        .setRangeColors(new Color[] {new Color(247, 251, 255), new Color(66, 146, 198)});
    chart.getStyler().setShowValue(names.size() <= MOST_NUMBERED).setPlotContentSize(1);
    chart.getStyler().setMin(0).setHeatMapValueDecimalPattern(normalized ? "0.00" : "0");
    chart.getStyler().setXAxisLabelRotation(90);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.addSeries("confusion", names, down, cells(normalized));
    return chart;
  }

  /** Column, row from below and value; empty cells are left white. */
  private List<Number[]> cells(boolean normalized) {
    ConfusionMatrix matrix = result.confusion();
    int last = matrix.classes();
    List<Number[]> cells = new ArrayList<>();
    for (int actual = 0; actual <= last; actual++) {
      double sum = 0;
      for (int predicted = 0; predicted <= last; predicted++) {
        sum += matrix.count(predicted, actual);
      }
      for (int predicted = 0; predicted <= last; predicted++) {
        long count = matrix.count(predicted, actual);
        if (count > 0) {
          Number value = normalized ? count / sum : (double) count;
          cells.add(new Number[] {actual, last - predicted, value});
        }
      }
    }
    return cells;
  }
}
