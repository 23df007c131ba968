// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import java.util.List;

/**
 * Where a training is after a batch.
 *
 * @param epoch counted from 1
 * @param epochs of the whole training
 * @param batch batches of the epoch that are done
 * @param batches of the epoch
 * @param losses means of the loss's parts over the epoch so far
 * @param instances labels of this batch
 * @param size side of the input in pixels
 * @param picturesPerSecond of this epoch so far
 * @param secondsLeft of this epoch, as estimated
 * @param waited part of this epoch's time in which the arithmetic waited for samples, 0 to 1
 */
public record BatchProgress(
    int epoch,
    int epochs,
    int batch,
    int batches,
    List<Double> losses,
    int instances,
    int size,
    double picturesPerSecond,
    double secondsLeft,
    double waited) {}
