/** Charts of measurements and trainings, and pictures in rows and columns; not exported. */
package org.yolotorch.chart;
