// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.yolotorch.internal.data.Label;
import org.yolotorch.internal.image.PictureFile;

/** Draws the curves and the labels of a training. */
public final class TrainCharts {
  private static final int SIDE = 400;
  private static final Color BLUE = new Color(0, 0, 200);

  /** Points of a cloud beyond these only hide each other. */
  private static final int MOST_POINTS = 5_000;

  /** With more classes than this their names would not be readable. */
  private static final int MOST_NAMED = 30;

  private TrainCharts() {}

  /** Writes curves of losses and metrics over the epochs, one small chart per column. */
  public static void results(Map<String, List<Double>> columns, Path file) {
    List<Chart<?, ?>> charts = new ArrayList<>();
    List<Double> epochs = columns.get("epoch");
    columns.forEach(
        (name, values) -> {
          if (!name.equals("epoch") && !name.equals("time") && !name.startsWith("lr/")) {
            XYChart chart = new XYChartBuilder().width(SIDE).height(SIDE).title(name).build();
            style(chart.getStyler());
            XYSeries line = chart.addSeries(name, epochs, values);
            line.setMarker(SeriesMarkers.CIRCLE);
            line.setLineColor(BLUE);
            line.setMarkerColor(BLUE);
            charts.add(chart);
          }
        });
    write(charts, (charts.size() + 1) / 2, file);
  }

  /** Writes how many labels each class has, and where and how large their boxes are. */
  public static void labels(List<Label> labels, Map<Integer, String> names, Path file) {
    Map<Integer, Integer> counts = new TreeMap<>();
    names.keySet().forEach(id -> counts.put(id, 0));
    double[] x = new double[Math.min(labels.size(), MOST_POINTS)];
    double[] y = x.clone();
    double[] width = x.clone();
    double[] height = x.clone();
    for (int i = 0; i < labels.size(); i++) {
      Label label = labels.get(i);
      counts.merge(label.classId(), 1, Integer::sum);
      if (i < x.length) {
        width[i] = label.box().right() - label.box().left();
        height[i] = label.box().bottom() - label.box().top();
        x[i] = label.box().left() + width[i] / 2;
        y[i] = label.box().top() + height[i] / 2;
      }
    }
    List<Chart<?, ?>> charts = new ArrayList<>();
    charts.add(classes(counts, names));
    if (x.length > 0) {
      charts.add(cloud("x", "y", x, y));
      charts.add(cloud("width", "height", width, height));
    }
    write(charts, charts.size(), file);
  }

  private static CategoryChart classes(Map<Integer, Integer> counts, Map<Integer, String> names) {
    CategoryChart chart =
        new CategoryChartBuilder().width(2 * SIDE).height(2 * SIDE).title("instances").build();
    style(chart.getStyler());
    chart.getStyler().setXAxisLabelRotation(90).setXAxisTicksVisible(names.size() <= MOST_NAMED);
    List<String> words = new ArrayList<>();
    counts.keySet().forEach(id -> words.add(id + " " + names.getOrDefault(id, "")));
    chart.addSeries("instances", words, new ArrayList<>(counts.values()));
    return chart;
  }

  private static XYChart cloud(String across, String down, double[] x, double[] y) {
    XYChart chart =
        new XYChartBuilder()
            .width(2 * SIDE)
            .height(2 * SIDE)
            .xAxisTitle(across)
            .yAxisTitle(down)
            .build();
    style(chart.getStyler());
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart.getStyler().setMarkerSize(4);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
    chart.addSeries(down, x, y).setMarkerColor(new Color(0, 0, 200, 80));
    return chart;
  }

  private static void style(Styler styler) {
    styler.setLegendVisible(false).setChartBackgroundColor(Color.WHITE);
  }

  private static void write(List<Chart<?, ?>> charts, int columns, Path file) {
    int width = charts.get(0).getWidth();
    int height = charts.get(0).getHeight();
    int rows = (charts.size() + columns - 1) / columns;
    BufferedImage all =
        new BufferedImage(columns * width, rows * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = all.createGraphics();
    for (int i = 0; i < charts.size(); i++) {
      graphics.drawImage(
          BitmapEncoder.getBufferedImage(charts.get(i)),
          i % columns * width,
          i / columns * height,
          null);
    }
    graphics.dispose();
    PictureFile.write(all, file);
  }
}
