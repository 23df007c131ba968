// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.awt.AWTError;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.RenderingHints;
import java.awt.event.KeyAdapter;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.JFrame;
import javax.swing.JPanel;

/** A window on the display; q and its button for closing end the run. */
final class Window implements Viewer.Screen {
  private static final String HEADLESS = "java.awt.headless";

  /** The part of the display that a large picture takes. */
  private static final double MOST = 0.9;

  private record Next(String title, BufferedImage picture) {}

  /** Only the newest waits for a display that is slower than the network. */
  private final AtomicReference<Next> waiting = new AtomicReference<>();

  private final Runnable end;
  private JFrame frame;
  private BufferedImage picture;

  private Window(Runnable end) {
    this.end = end;
  }

  /** Spares Java the search for a display, unless it was told otherwise. */
  static void notNeeded() {
    if (System.getProperty(HEADLESS) == null) {
      System.setProperty(HEADLESS, "true");
    }
  }

  /**
   * A viewer with a window.
   *
   * @throws UsageException if there is no display
   */
  static Viewer viewer() {
    try {
      if (!GraphicsEnvironment.isHeadless()) {
        GraphicsEnvironment.getLocalGraphicsEnvironment().getDefaultScreenDevice();
        return new Viewer(Window::new);
      }
    } catch (HeadlessException | AWTError | LinkageError e) {
      // No display, or a Java without what it needs for one.
    }
    throw new UsageException(
        "show must be left at its default, but came with another value: there is no window to show"
            + " pictures in; look into the folder of the run.");
  }

  @Override
  public void show(String title, BufferedImage next) {
    if (waiting.getAndSet(new Next(title, next)) == null) {
      EventQueue.invokeLater(this::update);
    }
  }

  private void update() {
    Next next = waiting.getAndSet(null);
    picture = next.picture();
    if (frame == null) {
      open();
    }
    frame.setTitle(next.title());
    frame.repaint();
  }

  private void open() {
    JPanel panel =
        new JPanel() {
          private static final long serialVersionUID = 1;

          @Override
          protected void paintComponent(Graphics graphics) {
            super.paintComponent(graphics);
            draw((Graphics2D) graphics, getWidth(), getHeight());
          }
        };
    frame = new JFrame();
    frame.setContentPane(panel);
    Dimension most = frame.getToolkit().getScreenSize();
    double scale = scale((int) (MOST * most.width), (int) (MOST * most.height));
    panel.setPreferredSize(
        new Dimension(
            (int) Math.round(scale * picture.getWidth()),
            (int) Math.round(scale * picture.getHeight())));
    frame.addKeyListener(
        new KeyAdapter() {
          @Override
          public void keyTyped(KeyEvent event) {
            if (event.getKeyChar() == 'q') {
              end.run();
            }
          }
        });
    frame.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosing(WindowEvent event) {
            end.run();
          }
        });
    frame.pack();
    frame.setLocationRelativeTo(null);
    frame.setVisible(true);
  }

  /** By what the picture is made smaller to fit. */
  private double scale(int width, int height) {
    double fit =
        Math.min((double) width / picture.getWidth(), (double) height / picture.getHeight());
    return Math.min(1, fit);
  }

  private void draw(Graphics2D graphics, int width, int height) {
    double scale = scale(width, height);
    int drawnWidth = (int) Math.round(scale * picture.getWidth());
    int drawnHeight = (int) Math.round(scale * picture.getHeight());
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(
        picture,
        (width - drawnWidth) / 2,
        (height - drawnHeight) / 2,
        drawnWidth,
        drawnHeight,
        null);
  }

  @Override
  public void close() {
    EventQueue.invokeLater(
        () -> {
          if (frame != null) {
            frame.dispose();
          }
        });
  }
}
